/**
 * Pointer, wheel and touch on a plot: pan, zoom, brush, drag an edge. Says what was meant in shares of the plot's width;
 * knows neither series nor time.
 */
export interface GestureHost {
  /** Whether a drag draws an interval instead of panning. */
  readonly brushing: boolean;
  /** Which edge of the interval is near this share; null: none. */
  edgeAt(share: number, reach: number): 'from' | 'to' | null;
  panBy(share: number): void;
  zoomAt(share: number, factor: number): void;
  brush(from: number, to: number, done: boolean): void;
  moveEdge(edge: 'from' | 'to', share: number): void;
  tap(share: number, fromBottom: number): void;
}

const STILL = 4;
const REACH = 8;
const TOUCH_REACH = 22;

/** Listens until the signal aborts. */
export function gestures(over: HTMLElement, host: GestureHost, signal: AbortSignal): void {
  const touches = new Map<number, number>();
  let act: { kind: 'pan' | 'brush' | 'edge' | 'pinch'; edge: 'from' | 'to'; start: number; last: number; moved: boolean; apart: number } | null = null;
  const share = (event: { clientX: number }) => {
    const box = over.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  const reach = (event: PointerEvent) => (event.pointerType === 'mouse' ? REACH : TOUCH_REACH) / over.clientWidth;

  over.style.touchAction = 'pan-y';
  over.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1) {
        return;
      }
      over.setPointerCapture(event.pointerId);
      const at = share(event);
      touches.set(event.pointerId, at);
      if (touches.size === 2) {
        const [a, b] = [...touches.values()];
        act = { kind: 'pinch', edge: 'to', start: (a + b) / 2, last: at, moved: true, apart: Math.max(0.02, Math.abs(a - b)) };
        return;
      }
      const edge = host.edgeAt(at, reach(event));
      const mouse = event.pointerType !== 'touch';
      const kind = edge ? 'edge' : host.brushing && mouse && event.button === 0 && !event.altKey ? 'brush' : 'pan';
      act = { kind, edge: edge ?? 'to', start: at, last: at, moved: false, apart: 0 };
    },
    { signal },
  );
  over.addEventListener(
    'pointermove',
    (event) => {
      if (!act) {
        const near = host.edgeAt(share(event), reach(event)) !== null;
        over.style.cursor = near ? 'ew-resize' : host.brushing ? 'crosshair' : 'grab';
        return;
      }
      const at = share(event);
      touches.set(event.pointerId, at);
      act.moved ||= Math.abs(at - act.start) * over.clientWidth > STILL;
      if (!act.moved) {
        return;
      }
      if (act.kind === 'pinch' && touches.size === 2) {
        const [a, b] = [...touches.values()];
        const apart = Math.max(0.02, Math.abs(a - b));
        host.zoomAt((a + b) / 2, act.apart / apart);
        act.apart = apart;
      } else if (act.kind === 'pan') {
        host.panBy(act.last - at);
      } else if (act.kind === 'brush') {
        host.brush(act.start, at, false);
      } else if (act.kind === 'edge') {
        host.moveEdge(act.edge, at);
      }
      act.last = at;
    },
    { signal },
  );
  const end = (event: PointerEvent) => {
    touches.delete(event.pointerId);
    if (act && touches.size === 0) {
      const box = over.getBoundingClientRect();
      if (!act.moved && event.type === 'pointerup') {
        host.tap(act.start, (box.bottom - event.clientY) / box.height);
      } else if (act.kind === 'brush') {
        host.brush(act.start, act.last, true);
      }
      act = null;
    }
  };
  over.addEventListener('pointerup', end, { signal });
  over.addEventListener('pointercancel', end, { signal });
  over.addEventListener(
    'wheel',
    (event) => {
      if (event.metaKey) {
        return;
      }
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : 1;
      const along = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(along) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        host.panBy((along * unit) / over.clientWidth);
      } else {
        host.zoomAt(share(event), Math.exp(Math.max(-1, Math.min(1, (event.deltaY * unit) / 300))));
      }
    },
    { signal, passive: false },
  );
}
