// What a script puts on a page.

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

export function tag(tone, icon, text) {
  return element("span", { className: `tag ${tone}` }, element("span", { className: `icon icon-${icon}` }), text);
}
