// @ts-check
// Where on the drawing a place is: which place a point lies in, and where in a place there is room for another point.
// Everything here is in the units of the drawing.

/**
 * @typedef {{ x: number, y: number }} Spot
 * @typedef {{ area: string, sides: number, group: SVGElement, path: SVGGeometryElement, hit: SVGGeometryElement, outline: Spot[] }} Place
 */

export const REACH = 40; // how far beside a place a tap may be to count for it: no gap between the places of a face is wider
const ROOM = 18; // how far apart points are put that nobody tapped

/**
 * @param {SVGElement} svg
 * @param {ReadonlySet<string>} offered
 * @returns {Place[]}
 */
export function readPlaces(svg, offered) {
  const places = [];
  for (const group of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll(".place"))) {
    const sides = Number(group.dataset.sides);
    const path = /** @type {SVGGeometryElement} */ (group.querySelector(".area"));
    const hit = /** @type {SVGGeometryElement} */ (group.querySelector(".hit"));
    const outline = [];
    for (let at = 0, length = path.getTotalLength(); at < length; at += 3) outline.push(path.getPointAtLength(at));
    const place = { area: group.dataset.area ?? "", sides, group, path, hit, outline };
    if (offered.has(place.area)) places.push(place);
    else group.remove();
  }
  return places;
}

/**
 * @param {readonly Place[]} places
 * @param {number} x
 * @param {number} y
 * @returns {Place | null}
 */
export function placeAt(places, x, y) {
  const point = new DOMPoint(x, y);
  const inside = places.findLast((place) => place.hit.isPointInFill(point));
  if (inside) return inside;
  /** @type {Place | null} */
  let nearest = null;
  let closest = REACH;
  for (const place of places) {
    if (!place.sides) continue; // a picture below the face is hit or not
    for (const edge of place.outline) {
      const far = Math.hypot(edge.x - x, edge.y - y);
      if (far < closest) [nearest, closest] = [place, far];
    }
  }
  return nearest;
}

/**
 * How far a spot is from a place, whichever of its two sides is nearer.
 * @param {readonly Place[]} places
 * @param {string} area
 * @param {Spot} spot
 */
export function farFrom(places, area, spot) {
  const edges = places.filter((place) => place.area === area).flatMap((place) => place.outline);
  return Math.min(Infinity, ...edges.map((edge) => Math.hypot(edge.x - spot.x, edge.y - spot.y)));
}

/**
 * The patient looks out of the drawing: their right is on its left.
 * @param {Place | null | undefined} place
 * @param {number} x
 * @param {number} middle
 * @returns {"" | "middle" | "right" | "left"}
 */
export function sideOf(place, x, middle) {
  if (!place?.sides) return "";
  if (Math.abs(x - middle) < 5) return "middle";
  return x < middle ? "right" : "left";
}

/**
 * The spot of a place that is farthest from its edge; of the spots at least ROOM from every point that is there already.
 * @param {Place} place
 * @param {string} side
 * @param {readonly Spot[]} taken
 * @param {number} middle
 * @returns {Spot}
 */
export function freeSpot(place, side, taken, middle) {
  const box = place.path.getBBox();
  const spots = [];
  for (let i = 1; i < 30; i++) {
    for (let j = 1; j < 30; j++) {
      const spot = new DOMPoint(box.x + (box.width * i) / 30, box.y + (box.height * j) / 30);
      if (!place.path.isPointInFill(spot) || (side && sideOf(place, spot.x, middle) !== side)) continue;
      const edge = Math.min(...place.outline.map((one) => Math.hypot(one.x - spot.x, one.y - spot.y)));
      const other = Math.min(Infinity, ...taken.map((one) => Math.hypot(one.x - spot.x, one.y - spot.y)));
      const aside = place.sides === 1 ? Math.abs(spot.x - middle) / 1000 : 0; // of two as good, the one nearer the middle
      spots.push({ x: spot.x, y: spot.y, edge: edge - aside, other });
    }
  }
  const free = spots.filter((spot) => spot.other >= ROOM);
  if (free.length) return free.reduce((best, spot) => (spot.edge > best.edge ? spot : best));
  return spots.reduce((best, spot) => (spot.other > best.other ? spot : best)); // full: as far from the others as can be
}
