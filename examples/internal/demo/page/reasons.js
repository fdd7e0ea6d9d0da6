// What the policy's reasons and steps mean, in plain words.

export const reasons = {
  "allowed": "Every check passed.",
  "no-origin": "There is no Origin field, so no page of another origin asks, and the policy has no part in it.",
  "no-policy": "No policy applies to this path: the request is passed on untouched.",
  "path-ambiguous": "Routers disagree about this path, so the policy refuses to guess which part of it applies.",
  "several-origins": "There is more than one Origin field, which no browser sends.",
  "null-origin": "The page has the opaque origin null, which the policy does not list.",
  "origin-malformed": "The Origin field is nothing that a browser would send.",
  "origin-not-allowed": "The policy does not allow the origin of this page.",
  "origin-func-late": "The program's own function for origins answered too late.",
  "method-malformed": "The method asked for is nothing that a browser would ask for.",
  "method-not-allowed": "The policy does not allow this method.",
  "header-malformed": "A header name asked for is no header name.",
  "header-not-allowed": "The policy does not allow this header.",
  "headers-too-long": "The header names asked for are too long together.",
};

const outcomes = { passed: ["✓", "passed"], failed: ["✗", "failed"], "not-reached": ["–", "not reached"] };

const quoted = (text) => (text ? `“${text}”` : "");

// stepWords returns the mark of a step, its outcome in words, and the sentence.
export function stepWords(step) {
  const [mark, outcome] = outcomes[step.outcome];
  const entry = [step.field, quoted(step.value)].filter(Boolean).join(" ");
  let by = entry;
  if (step.outcome === "failed" && entry) by = `not covered by ${entry}`;
  if (step.outcome === "passed" && entry && step.asked) by = `matches ${entry}`;
  return { mark, outcome, asked: quoted(step.asked), text: [by, step.note].filter(Boolean).join(": ") };
}
