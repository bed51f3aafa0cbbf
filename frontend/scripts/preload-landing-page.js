/** Name the landing page's chunk in the head, so that the browser fetches it beside the entry and not after it. */
export function preloadLandingPage(name) {
  return {
    name: "preload-landing-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(
          (file) => file.type === "chunk" && file.name === name,
        );
        if (!chunk) return html;
        const linked = [chunk.fileName, ...chunk.imports].filter((file) => !html.includes(file));
        return linked.map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head",
        }));
      },
    },
  };
}
