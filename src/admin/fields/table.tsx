/** A plain, tight table: the design system's own has the row height of a list to click on. */
import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

const Grid = styled.table`
  width: 100%;
  border-collapse: collapse;
  th,
  td {
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
  tr:last-child td {
    border-bottom: 0;
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  @media (max-width: 40rem) {
    &.stacks thead {
      display: none;
    }
    &.stacks td {
      display: block;
      border-bottom: 0;
      padding-block: ${({ theme }) => theme.spaces[1]};
    }
    &.stacks td[data-label] {
      text-align: right;
    }
    &.stacks td[data-label]::before {
      content: attr(data-label);
      float: left;
      color: ${({ theme }) => theme.colors.neutral600};
    }
    &.stacks tr + tr {
      border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
      display: block;
    }
  }
`;

export interface Heading {
  /** Translated as `larder.column.<id>`. */
  readonly id: string;
  readonly otherwise: string;
  readonly isNumber?: boolean;
}

interface Props {
  readonly headings: readonly Heading[];
  /** On a phone a row becomes a column: for rows that are too wide, and clear without their headings. */
  readonly stacks?: boolean;
  /** The rows. */
  readonly children: ReactNode;
}

/** A table under the given headings. */
export function Table({ headings, stacks = false, children }: Props) {
  const { formatMessage } = useIntl();
  return (
    <Grid className={stacks ? 'stacks' : undefined}>
      <thead>
        <tr>
          {headings.map(({ id, otherwise, isNumber }) => (
            <th key={id} className={isNumber ? 'number' : undefined}>
              <Typography variant="sigma" textColor="neutral600">
                {formatMessage({ id: `larder.column.${id}`, defaultMessage: otherwise })}
              </Typography>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </Grid>
  );
}

interface TextProps {
  readonly children: ReactNode;
  readonly isNumber?: boolean;
  /** Its heading, said again where the table stacks and the cell would not be clear without. */
  readonly label?: string | undefined;
}

/** A cell of text. */
export function Text({ children, isNumber = false, label }: TextProps) {
  return (
    <td className={isNumber ? 'number' : undefined} data-label={label}>
      <Typography textColor="neutral800">{children}</Typography>
    </td>
  );
}
