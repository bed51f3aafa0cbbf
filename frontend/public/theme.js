// Runs before the first paint: theme and language of the last visit, and the Trusted Types policies.
(function () {
  var root = document.documentElement;
  var remembered = function (key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null;
    }
  };
  var theme = remembered("weihu.theme");
  if (theme !== "light" && theme !== "dark") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.dataset.theme = theme;
  if (remembered("weihu.language") === "en") root.lang = "en";
  if (!window.trustedTypes) return;
  // React Aria clears its announcer with innerHTML = ''; nothing else may write HTML.
  trustedTypes.createPolicy("default", {
    createHTML: function (html) {
      if (html === "") return "";
      throw new TypeError("Refused to write HTML.");
    },
  });
})();
