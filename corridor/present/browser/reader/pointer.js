// Tells a pointer that moved from one under which the page moved: only the first means to point at something.

let at = null;
let stirred = false;

/** Watch the pointer until `signal` says stop. */
export function watchPointer(signal) {
  const note = (event) => {
    stirred = moved(event);
    at = { x: event.clientX, y: event.clientY };
  };
  for (const type of ["pointermove", "pointerdown"]) window.addEventListener(type, note, { capture: true, passive: true, signal });
}

/** Whether an event that reports entering something comes from the pointer's own movement. */
export function moved({ clientX, clientY }) {
  return at === null || clientX !== at.x || clientY !== at.y;
}

/** Whether the last movement reported was one: browsers also report "movement" of a pointer that stood still. */
export function hasStirred() {
  return stirred;
}
