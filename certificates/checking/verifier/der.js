// The nested boxes of ASN.1 in DER, as certificates and seals are written. Strict: one way to write.
export function readBox(bytes, at = 0, limit = bytes.length) {
  const [length, start] = lengthAt(bytes, at + 1, limit);
  const end = start + length;
  if (end > limit) throw new Error("box is cut off");
  const box = { tag: bytes[at], whole: bytes.subarray(at, end), inside: bytes.subarray(start, end) };
  return { ...box, size: end - at };
}

export function boxesIn(bytes) {
  const boxes = [];
  for (let at = 0; at < bytes.length; ) {
    const box = readBox(bytes, at);
    boxes.push(box);
    at += box.size;
  }
  return boxes;
}

// The boxes inside, which must have these tags in this order.
export function opened(box, tag, ...tags) {
  if (box.tag !== tag) throw new Error("another box was expected");
  const boxes = boxesIn(box.inside);
  if (tags.length && tags.join() !== boxes.map((one) => one.tag).join()) {
    throw new Error("other boxes were expected");
  }
  return boxes;
}

function lengthAt(bytes, at, limit) {
  if (at >= limit) throw new Error("box is cut off");
  const first = bytes[at];
  if (first < 0x80) return [first, at + 1];
  const count = first & 0x7f;
  if (count < 1 || count > 3 || at + count >= limit) throw new Error("no length");
  let length = 0;
  for (let i = 1; i <= count; i += 1) length = length * 256 + bytes[at + i];
  const shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  if (count !== shortest) throw new Error("length is not the shortest");
  return [length, at + 1 + count];
}
