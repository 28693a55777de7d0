// What the page gives its scripts: the rows, and what is asked of each, by number.

const place = document.getElementById("grid-data");

/** Null on a page without rows. */
export const data = place && JSON.parse(place.textContent);

export const INDICATORS = data?.rules.indicators ?? [];
export const BOXES = INDICATORS.map(({ number }) => number);
export const NEEDS = data?.needKinds ?? [];
export const CAUSES = Object.keys(data?.causes ?? {}).map(Number);

/** Kinds of need as "4 Nhà ở"; they are typed by number and kept by key. */
export const needsOf = (keys) => NEEDS.flatMap(({ key, name }, at) => (keys.includes(key) ? [`${at + 1} ${name}`] : []));
