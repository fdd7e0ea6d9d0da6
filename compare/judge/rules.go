package judge

// A Rule is one way in which an answer can be wrong.
type Rule string

// The rules. What an answer is in bytes is none of them: 200 in place of 204,
// names in another case or order, the requested method alone in place of the
// whole list all mean the same to a browser.
const (
	// Admits: a browser lets the page through although the policy denies it.
	Admits Rule = "admits"
	// Blocks: a browser blocks the page although the policy allows it.
	Blocks Rule = "blocks"
	// Readable: the page reads more or fewer fields of the answer than the
	// policy exposes (Fetch, CORS filtered response).
	Readable Rule = "readable"
	// Forwarded: a preflight reaches a handler.
	Forwarded Rule = "forwarded"
	// Swallowed: OPTIONS that is no preflight does not reach its handler.
	Swallowed Rule = "swallowed"
	// Refused: a denied request does not reach its handler. CORS asks for no
	// such thing: it keeps answers from pages, not requests from servers.
	Refused Rule = "refused"
	// Stopped: any other request does not reach its handler.
	Stopped Rule = "stopped"
	// Status: the answer has not the status that its handler gave it.
	Status Rule = "status"
	// MaxAge: a browser keeps the preflight for longer or shorter than told.
	MaxAge Rule = "max-age"
	// Field: a field that has one value is empty or comes twice.
	Field Rule = "field"
	// Cache: a cache that keeps to Vary gives this answer to a page that would
	// have got another from the server, and a browser then decides otherwise.
	Cache Rule = "cache"
	// Silent: no answer, or one that is no HTTP.
	Silent Rule = "silent"
)

// Meanings says of each rule what breaks it, in the order of the reports.
var Meanings = []struct {
	Rule    Rule
	Meaning string
}{
	{Admits, "a browser lets a page through that the policy denies"},
	{Blocks, "a browser blocks a page that the policy allows"},
	{Cache, "a cache that keeps to `Vary` gives this answer to a page for which the server has another"},
	{Readable, "the page reads other fields of the answer than the policy exposes"},
	{Forwarded, "a preflight reaches a handler"},
	{Swallowed, "OPTIONS that is no preflight does not reach its handler"},
	{Refused, "a denied request does not reach its handler"},
	{Stopped, "some other request does not reach its handler"},
	{Status, "the status is not the handler's"},
	{MaxAge, "a browser keeps the preflight for longer or shorter than told"},
	{Field, "a field that has one value is empty or comes twice"},
	{Silent, "there is no answer"},
}

// A Fault is a rule that an answer breaks, and how.
type Fault struct {
	Rule Rule
	Text string
}
