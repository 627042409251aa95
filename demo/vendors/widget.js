/**
 * Stand-in for an embedded widget without a queue: it says that it was loaded, keeps one item in localStorage, and
 * defines `DemoReviews`, on which an inline script of the page relies. So the inline script has to come after it.
 */
(() => {
  const {origin} = new URL(document.currentScript.src);
  new Image().src = `${origin}/collect/demo-reviews?${new URLSearchParams({en: 'load', dl: location.href})}`;
  localStorage.setItem('demo-reviews:seen', String(Date.now()));

  const reviews = [
    ['入門コースで半年。旅行先で道を聞けたときは感動しました。', '会社員・40代'],
    ['予約の変更がスマホですぐにできるので、子育て中でも続いています。', '主婦・30代'],
    ['先生が毎回ちがう話題を用意してくれて、飽きません。', '大学生・20代'],
  ];

  window.DemoReviews = {
    /** Fills `element` with the reviews. */
    render(element) {
      const items = reviews.map(([text, who]) => {
        const item = document.createElement('blockquote');
        const author = document.createElement('footer');
        author.textContent = who;
        item.append(text, author);
        return item;
      });
      element.replaceChildren(...items);
    },
  };
})();
