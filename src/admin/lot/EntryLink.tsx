import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

const Underlined = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};
  overflow-wrap: anywhere;
`;

/** Leads to the page of another entry. */
export function EntryLink({ uid, id, children }: { uid: string; id: string; children: ReactNode }) {
  return <Underlined to={`/content-manager/collection-types/${uid}/${id}`}>{children}</Underlined>;
}
