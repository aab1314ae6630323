// Amounts as people type them.

/**
 * Reads 1234,5 · 1 234,50 · 1234.50 · 49€90, with any kind of space, as whole cents.
 * Answers {cents}, or {doubt: cents} where 1.234,50 has two readings, or {} where there is none.
 */
export function parse(text) {
  const typed = text.replace(/[\s\u00A0\u202F\u2009]/g, "").replace(/€$/, "");
  const plain = /^(\d{1,7})(?:[.,€](\d{1,2}))?$/.exec(typed);
  if (plain) return { cents: Number(plain[1]) * 100 + Number((plain[2] ?? "").padEnd(2, "0")) };
  const grouped = /^(\d{1,3})([.,])(\d{3})(?:([.,€])(\d{1,2}))?$/.exec(typed);
  if (grouped && grouped[2] !== grouped[4]) {
    return { doubt: Number(grouped[1] + grouped[3]) * 100 + Number((grouped[5] ?? "").padEnd(2, "0")) };
  }
  return {};
}

/** Several amounts with + between them, as whole cents; nothing when one of them is none. */
export function amounts(text) {
  const cents = text.split("+").map((one) => parse(one.trim()).cents);
  return cents.every((one) => one > 0) ? cents : undefined;
}

/** Cents as one types them without doubt: 1234,50. */
export const plain = (cents) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, "0")}`;

/** The notes that a person may hand over for this amount: the next rounder sums, least first. */
export function handedOver(due) {
  const sums = [500, 1000, 2000, 5000, 10000].map((note) => Math.ceil(due / note) * note);
  return [...new Set(sums)].filter((sum) => sum > due).sort((one, other) => one - other).slice(0, 4);
}
