/**
 * In the page, also in one whose markup has taken methods of the document.
 * @returns action, height and text of each button of a banner that can be seen
 */
export function findButtons(): [action: string, height: number, text: string][] {
  const banners = [...Document.prototype.querySelectorAll.call(document, 'consent-banner')];
  return banners.flatMap((banner) =>
    [banner, ...(banner.shadowRoot ? [banner.shadowRoot] : [])].flatMap((root) =>
      [...root.querySelectorAll<HTMLElement>('[data-action]')].flatMap((button) => {
        const {height, top, bottom} = button.getBoundingClientRect();
        const isSeen = height > 0 && bottom > 0 && top < innerHeight && button.checkVisibility();
        const {action = ''} = button.dataset;
        return isSeen
          ? [[action, Math.round(height), button.textContent.trim()] as [string, number, string]]
          : [];
      }),
    ),
  );
}
