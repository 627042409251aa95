/** Stand-in for the script that turns quotations into posts. The demo's posts are frames, so it has nothing to do. */
window.twttr ??= {widgets: {load() {}}, ready: (callback) => callback(window.twttr)};
