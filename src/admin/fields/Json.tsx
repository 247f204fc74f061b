import { Box, Typography } from '@strapi/design-system';

/** JSON to read. A form holds it as text, an answer of the API as a value. */
export function Json({ value }: { value: unknown }) {
  return (
    <Box tag="pre" background="neutral100" hasRadius padding={2} style={{ overflowX: 'auto' }}>
      <Typography tag="code" variant="pi">
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </Typography>
    </Box>
  );
}
