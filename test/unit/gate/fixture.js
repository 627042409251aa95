// A tag that says when it runs, and under which name.
(window.ranTags ??= []).push(document.currentScript?.dataset.name ?? 'unnamed');
