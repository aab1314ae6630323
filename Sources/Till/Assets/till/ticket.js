// The ticket under way: who, what, and the request key that is made with its first line and kept until the
// service answered. What was sent and not answered outlives the browser; it can be sent again as it was.

/** A time-ordered UUID (version 7): time first, so that history does not slow the service's index. */
export function uuid7(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const bytes = new Uint8Array(16);
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 256 ** (5 - index)) % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const empty = () => ({ key: null, who: null, right: null, lines: [], payments: [], sent: null });

export class Ticket {
  /** `who` is {voucher | completion | person, standing}; a line {label | product, name, price_cents, quantity…}. */
  constructor(till) {
    this.draft = `comptoir.draft.${till}`;
    this.outbox = `comptoir.sent.${till}`;
    Object.assign(this, empty(), this.kept());
  }

  /** What a reload or a crash left: first what was sent and never answered, then what was being typed. */
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.outbox)) ?? JSON.parse(sessionStorage.getItem(this.draft)) ?? {};
    } catch {
      return {};
    }
  }

  /** Names stay out of what the browser keeps: the standing is asked for again. */
  keep() {
    const { key, right, lines, payments, sent } = this;
    const { voucher, completion, person, chosen } = this.who ?? {};
    const kept = JSON.stringify({ key, right, lines, payments, sent, who: this.who && { voucher, completion, person, chosen } });
    if (sent) localStorage.setItem(this.outbox, kept);
    else localStorage.removeItem(this.outbox);
    sessionStorage.setItem(this.draft, kept);
  }

  clear() {
    Object.assign(this, empty());
    localStorage.removeItem(this.outbox);
    sessionStorage.removeItem(this.draft);
  }

  get total() {
    return this.lines.reduce((sum, line) => sum + line.price_cents * line.quantity, 0);
  }

  get due() {
    return this.total - this.payments.reduce((sum, payment) => sum + payment.amount_cents, 0);
  }

  /** Adds a line; another unit where it is there already. False for a device that is on the ticket. */
  add(line) {
    this.key ??= uuid7();
    const same = this.lines.find((other) => (line.label ? other.label === line.label : other.product === line.product));
    if (same?.label) return false;
    if (same) same.quantity += 1;
    else this.lines.push({ quantity: 1, ...line });
    this.keep();
    return true;
  }

  remove(position) {
    const [line] = this.lines.splice(position, 1);
    this.keep();
    return line;
  }

  putBack(line, position) {
    this.lines.splice(position, 0, line);
    this.keep();
  }

  changeQuantity(position, step) {
    const line = this.lines[position];
    if (!line || line.label || line.quantity + step < 1) return false;
    line.quantity += step;
    this.keep();
    return true;
  }

  /** The ticket as the service reads it, without its key and its payments. */
  asked() {
    const { voucher = null, completion = null, person = null, chosen = null } = this.who ?? {};
    return {
      voucher,
      completion,
      person: person ?? chosen,
      right: this.right,
      lines: this.lines.map((line) => (line.label ? { device: line.label } : { product: line.product, quantity: line.quantity })),
    };
  }

  /** Freezes what is sent: the same key is only ever sent with the same ticket. */
  send(path, body) {
    this.key ??= uuid7();
    this.sent = { path, body: { key: this.key, ...body } };
    this.keep();
    return this.sent;
  }

  /**
   * The service said no: nothing was recorded, and the ticket may change under the same key. What a terminal
   * accepted stays on the ticket until the seller takes it off; cash goes back to the hand.
   */
  takeBack() {
    this.sent = null;
    this.payments = this.payments.filter(({ means }) => means !== "cash");
    this.keep();
  }
}
