// The statements of a credential as canonical N-Quads, for the shapes we make only: the rules are
// those of certificates/credential/profile.py, the list of shapes is the same profile.json.
const TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
const BLANK = "_:c14n0";
const ADDRESS = /^[a-z][a-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/;
// Lone halves of a letter cannot be written, either.
const UNWRITABLE = /[\x00-\x1f\x7f]|\p{Surrogate}/u;

export function canonical(document, name, profile) {
  const { "@context": context, ...node } = document;
  if (JSON.stringify(context) !== JSON.stringify(profile.contexts[name])) refuse("@context");
  return sorted(node, name, profile);
}

export const canonicalProof = (options, profile) => sorted(options, "DataIntegrityProof", profile);

// In the order of code points, as RDFC-1.0 wants it; JavaScript's own order is by halves of letters.
function sorted(node, name, { shapes }) {
  const lines = [...new Set(statements(node, name, shapes))];
  const points = new Map(lines.map((line) => [line, Array.from(line, (one) => one.codePointAt(0))]));
  return lines.sort((a, b) => compare(points.get(a), points.get(b))).join("");
}

function compare(a, b) {
  const at = a.findIndex((point, i) => point !== b[i]);
  return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
}

function statements(node, name, shapes) {
  const shape = shapes[name];
  const subject = nameOf(node, shape);
  const lines = Object.values(shape.types).map((iri) => `${subject} ${TYPE} <${iri}> .\n`);
  for (const [key, value] of Object.entries(node)) {
    if (key === "id" || key === "type") continue;
    if (!Object.hasOwn(shape.terms, key)) refuse(key);
    lines.push(...statement(subject, shape.terms[key], value, shapes));
  }
  return lines;
}

function statement(subject, term, given, shapes) {
  if (term.in_list && !(Array.isArray(given) && given.length === 1)) refuse(term.iri);
  const value = term.in_list ? given[0] : given;
  const isNode = term.is === "node";
  const target = isNode ? nameOf(value, shapes[term.shape]) : written(term, value);
  const below = isNode ? statements(value, term.shape, shapes) : [];
  return [...below, `${subject} <${term.iri}> ${target} .\n`];
}

function nameOf(node, shape) {
  if (!node || typeof node !== "object" || Array.isArray(node)) refuse("node");
  const types = Object.keys(shape.types);
  const wanted = !types.length ? undefined : shape.type === "one" ? types[0] : types;
  if (JSON.stringify(node.type) !== JSON.stringify(wanted)) refuse("type");
  if (Object.hasOwn(node, "id") === Boolean(shape.blank)) refuse("id");
  return shape.blank ? BLANK : address(node.id);
}

function written(term, value) {
  if (term.is === "address") return address(value);
  if (term.is === "word") {
    if (!Object.hasOwn(term.words, value)) refuse(term.iri);
    return `<${term.words[value]}>`;
  }
  if (term.is === "truth" && typeof value !== "boolean") refuse(term.iri);
  const plain = { number, truth: String }[term.is] ?? text;
  return `"${plain(value)}"${term.datatype ? `^^<${term.datatype}>` : ""}`;
}

function address(value) {
  if (typeof value !== "string" || !ADDRESS.test(value)) refuse("id");
  return `<${value}>`;
}

function text(value) {
  if (typeof value !== "string" || UNWRITABLE.test(value)) refuse("text");
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

// As JSON-LD writes it: 20, but 12.5 as 1.25E1.
function number(value) {
  if (typeof value !== "number" || !(Math.abs(value) < 1e15)) refuse("number");
  if (Number.isInteger(value)) return String(value);
  const [digits, power] = value.toExponential(15).split("e");
  return `${digits.replace(/(\d)0*$/, "$1")}E${Number(power)}`;
}

function refuse(what) {
  throw new Error(`not our shape: ${what}`);
}
