/** Dates and times as people in Lào Cai read them. */

const ZONE = "Asia/Ho_Chi_Minh";
const CLOCK = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const DAY_KEY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const FULL = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, dateStyle: "full", timeStyle: "medium" });
const DAY_MS = 86_400_000;

/**
 * @param {number} seconds Unix time
 * @returns {string} such as "14:05"
 */
export function clock(seconds) {
  return CLOCK.format(seconds * 1000);
}

/**
 * @param {number} seconds Unix time
 * @returns {string} such as "thứ Ba, 24 tháng 11, 2026 lúc 14:05:09"
 */
export function fullTime(seconds) {
  return FULL.format(seconds * 1000);
}

/**
 * @param {number} seconds Unix time
 * @returns {string} the day, such as "2026-11-24", equal for messages of one day
 */
export function dayKey(seconds) {
  return DAY_KEY.format(seconds * 1000);
}

/**
 * @param {string} key a day as `dayKey` gives it
 * @param {Date} now
 * @returns {string} such as "Hôm nay" or "24 tháng 11"
 */
export function dayName(key, now = new Date()) {
  if (key === DAY_KEY.format(now)) return "Hôm nay";
  if (key === DAY_KEY.format(now.getTime() - DAY_MS)) return "Hôm qua";
  const [year, month, day] = key.split("-").map(Number);
  const name = `${day} tháng ${month}`;
  return year === Number(DAY_KEY.format(now).slice(0, 4)) ? name : `${name}, ${year}`;
}

/**
 * @param {number} seconds a length of time
 * @returns {string} such as "1:05"
 */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
