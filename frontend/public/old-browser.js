// Browsers that know no modules land here instead of on an empty page.
document.addEventListener("DOMContentLoaded", function () {
  var notice = document.createElement("p");
  notice.textContent =
    "此浏览器版本过低。请安装 Chrome、Edge、360 或奇安信浏览器的新版本(内核 100 以上)后再打开。" +
    " This browser is too old. Install Chrome, Edge or Firefox, version 100 or newer.";
  document.body.appendChild(notice);
});
