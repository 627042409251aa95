/** A press is answered by the next frame; what is long comes behind it. */

/** Milliseconds after which there is no frame: nobody looks at the page. */
const NO_FRAME = 100;

/** Runs it once the next frame has been shown; at once where the page goes away before. */
export function afterFrame(run: () => void): void {
  let isDone = false;
  const once = () => {
    removeEventListener('pagehide', once);
    if (isDone) return;
    isDone = true;
    run();
  };
  addEventListener('pagehide', once);
  setTimeout(once, NO_FRAME);
  requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    // Not a timer: behind the frame, and ahead of all that waits for time to pass.
    port1.onmessage = once;
    port2.postMessage(0);
  });
}
