// Local times of a zone, as `<input type="datetime-local">` gives them, in RFC 3339.

/** A local time with its offset. */
export interface ZonedTime {
  text: string;
  /** Clocks are put forward over it, or back: it does not exist, or is there twice. */
  problem?: "skipped" | "twice";
}

const DAY = 86_400_000;

/**
 * The text with the offset of the zone. Of a time that is there twice, the first; of a time that is
 * skipped, the offset before it. Undefined if the text is no local time, or there is no such zone.
 */
export function withOffset(text: string, zone: string): ZonedTime | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)) return undefined;
  const local = text.length === 16 ? `${text}:00` : text;
  try {
    const [before, after] = [-DAY, DAY].map((days) => offsetAt(zone, Date.parse(`${local}Z`) + days));
    const valid = [...new Set([before, after])].filter((offset) => offsetAt(zone, Date.parse(local + offset)) === offset);
    const zoned: ZonedTime = { text: local + (valid[0] ?? before) };
    if (valid.length !== 1) zoned.problem = valid.length === 0 ? "skipped" : "twice";
    return zoned;
  } catch {
    // There is no such zone, or no such day.
    return undefined;
  }
}

/** The latest: making one takes a hundred times as long as its use. */
let latest: { zone: string; format: Intl.DateTimeFormat } | undefined;

/** The offset of a zone from UTC at an instant, such as `-08:00`. */
function offsetAt(zone: string, instant: number): string {
  if (latest?.zone !== zone) latest = { zone, format: new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }) };
  const name = latest.format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
  return name?.slice(3) || "+00:00";
}
