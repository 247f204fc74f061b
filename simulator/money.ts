/** Minor units (cents) of a decimal text such as "1.60". Throws on anything else. */
export function cents(price: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(price);
  if (!match) throw new Error(`"${price}" is not a price: write it like "1.60".`);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
