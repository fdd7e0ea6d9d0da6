// Making and finding elements.

export const byId = (id) => document.getElementById(id);

// Text is only ever set as text: what the API answers, and what a person typed,
// is no markup.
export function element(name, className, ...children) {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...children);
  return e;
}

// A details element that says in its summary what it holds.
export function details(className, summary, ...children) {
  return element("details", className, element("summary", "", summary), ...children);
}

// A button stays focusable while it cannot be used: disabling it would drop the
// focus of whoever pressed it.
export const setBusy = (button, busy) => button.setAttribute("aria-disabled", String(busy));
export const isBusy = (button) => button.getAttribute("aria-disabled") === "true";
