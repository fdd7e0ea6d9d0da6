// The requests that the page makes, what the built-in policy makes of them, and
// why. `expect` is the status that the page can read, or "blocked". The reasons
// hold under any policy, since the reader may have started with one.

const hello = { path: "/hello", expect: 200, readable: ["x-request-id", "etag"] };

export const requests = [
  {
    ...hello,
    title: "A simple request",
    sent: "GET /hello",
    init: {},
    allowed: "A plain GET needs no permission to be sent. The answer allows this page in Access-Control-Allow-Origin, so the page may read it; Access-Control-Expose-Headers adds X-Request-Id and ETag.",
    blocked: "The request was sent and the API answered it, but the answer does not allow this page, so the browser kept it from the page.",
  },
  {
    ...hello,
    title: "A PUT with JSON",
    sent: "PUT /hello, Content-Type: application/json",
    init: { method: "PUT", headers: { "Content-Type": "application/json" }, body: '{"name":"Ada"}' },
    allowed: "The browser first asked with an OPTIONS request, the preflight. The answer allows the method PUT and the header Content-Type, so it then sent the PUT.",
    blocked: "The browser asked first, and the answer did not allow all three: this page, the method PUT and the header Content-Type. The PUT was not sent.",
  },
  {
    ...hello,
    title: "A header of the application's own",
    sent: "GET /hello, X-Demo: 1",
    init: { headers: { "X-Demo": "1" } },
    allowed: "A header that HTML forms cannot send needs a preflight, even on a GET. The answer allows X-Demo.",
    blocked: "The browser asked first, and the answer did not allow both this page and X-Demo. The GET was not sent.",
  },
  {
    ...hello,
    title: "A request with a token",
    sent: "GET /hello, Authorization: Bearer demo",
    init: { headers: { Authorization: "Bearer demo" } },
    allowed: "Authorization needs a preflight, and the answer allows it by name: by the Fetch standard a * alone does not. The preflight itself carried no token.",
    blocked: "The browser asked first, and the answer did not allow both this page and Authorization. The GET was not sent.",
  },
  {
    ...hello,
    title: "A request with cookies",
    sent: "GET /hello, credentials: include",
    init: { credentials: "include" },
    allowed: "The browser may show the answer to a request that can carry cookies only if it says Access-Control-Allow-Credentials: true and names this very origin. It does both.",
    blocked: "The request was sent, but the answer does not say Access-Control-Allow-Credentials: true together with this very origin, so the browser kept it from the page.",
  },
  {
    path: "/hello",
    expect: "blocked",
    title: "A header that the built-in policy does not list",
    sent: "GET /hello, X-Not-Allowed: 1",
    init: { headers: { "X-Not-Allowed": "1" } },
    allowed: "The browser asked first, and the answer allows X-Not-Allowed.",
    blocked: "The browser asked first, and the answer did not allow both this page and X-Not-Allowed. The GET was not sent, and no handler ran.",
  },
  {
    path: "/error",
    expect: 500,
    readable: [],
    title: "A handler that fails",
    sent: "GET /error",
    init: {},
    allowed: "Errors carry the CORS fields too, so the page can read the status and say what went wrong.",
    blocked: "The answer does not allow this page, so the page cannot even see that it is an error.",
  },
  {
    path: "/panic",
    expect: 500,
    readable: [],
    title: "A handler that panics",
    sent: "GET /panic",
    init: {},
    allowed: "The fields are in place before the handler runs, so the answer that replaces a panic has them as well.",
    blocked: "The answer does not allow this page, so the page cannot even see that it is an error.",
  },
];
