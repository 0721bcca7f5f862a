/** Puts arguments into a text from the message bundles: `{0}`, `{1}`, … */
export function filled(text: string, ...args: (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index) => (args[Number(index)] === undefined ? whole : String(args[Number(index)])));
}

/** 0.8613 → '86.1 %', in the person's language. */
export function percent(locale: string, value: number, digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** 0.019 → '+1.9': percentage points, with their sign. */
export function points(locale: string, value: number): string {
  return new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(100 * value);
}

/** Whose colour and shape a suggestion has: an LLM's own, otherwise the task model's. */
export function originOf(source: string): 'llm' | 'propagated' | 'model' {
  const plain = source.toLowerCase();
  return plain.startsWith('llm') ? 'llm' : plain.startsWith('propagated') ? 'propagated' : 'model';
}

/** A random UUID; `crypto.randomUUID` is missing where a page came over plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
