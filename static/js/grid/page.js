// What the page gives its scripts: the rows, and what is asked of each, by number.

const place = document.getElementById("grid-data");

/** Null on a page without rows. */
export const data = place && JSON.parse(place.textContent);

export const INDICATORS = data?.rules.indicators ?? [];
export const BOXES = INDICATORS.map(({ number }) => number);
export const CAUSES = Object.keys(data?.causes ?? {}).map(Number);
