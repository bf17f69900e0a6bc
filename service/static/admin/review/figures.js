// Figures as people type and read them: exact, never through binary fractions.

// "1.5" shifted by 4 places -> "15000"; works on digits alone.
function shift(digits, places) {
  const [whole, part = ""] = digits.split(".");
  const padded = part.padEnd(places, "0");
  const text = `${whole}${padded.slice(0, places)}`.replace(/^0+(?=\d)/, "") || "0";
  const rest = padded.slice(places).replace(/0+$/, "");
  return rest ? `${text}.${rest}` : text;
}

function unshift(digits, places) {
  const [whole, part = ""] = digits.split(".");
  const padded = whole.padStart(places + 1, "0");
  const rest = `${padded.slice(-places)}${part}`.replace(/0+$/, "");
  return rest ? `${padded.slice(0, -places)}.${rest}` : padded.slice(0, -places);
}

const SCALES = { 元: 0, 万元: 4, 亿元: 8 };
export const SCALE_NAMES = Object.keys(SCALES);

// What was typed -> number, or null. Takes 2,000 and 2000万 and full-width digits; at most 10^15.
export function readFigure(typed, scale = "元") {
  const plain = typed.normalize("NFKC").replace(/[,，\s%]/g, "");
  const match = /^(\d{1,16}(?:\.\d{1,8})?)(亿|万)?元?$/.exec(plain);
  if (!match) return null;
  const places = match[2] ? SCALES[`${match[2]}元`] : SCALES[scale] ?? 0;
  const value = Number(places ? shift(match[1], places) : match[1]);
  return Number.isFinite(value) && value <= 1e15 ? value : null;
}

// In which scale a sum is best shown, and its digits there: 20000000 -> ["2000", "万元"].
export function inScale(yuan) {
  if (yuan === null || yuan === undefined) return ["", "万元"];
  const digits = plainDigits(yuan);
  if (Math.abs(yuan) >= 1e8 && yuan % 1e6 === 0) return [unshift(digits, 8), "亿元"];
  if (Math.abs(yuan) >= 1e4 && yuan % 100 === 0) return [unshift(digits, 4), "万元"];
  return [digits, "元"];
}

function plainDigits(number) {
  const text = String(number);
  return text.includes("e") ? BigInt(Math.round(number)).toString() : text;
}

export const grouped = (number) => {
  const [whole, part] = plainDigits(number).split(".");
  const with_commas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part ? `${with_commas}.${part}` : with_commas;
};

export function sumWords(yuan) {
  if (yuan === null || yuan === undefined) return "？";
  const [digits, scale] = inScale(yuan);
  const [whole, part] = digits.split(".");
  return `${grouped(Number(whole))}${part ? `.${part}` : ""} ${scale}`;
}

export function dateWords(iso) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso ?? "");
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : iso || "？";
}
