// Reads and fills the fields of one question, whatever its kind.
const answerFields = {
  form: document.querySelector("form[data-attempt]"),

  named(name) {
    return [...this.form.querySelectorAll(`[name="${name}"]`)];
  },

  placeOf: (field) => field.name?.match(/^(?:answer|flag)-(\d+)$/)?.[1],

  next(place) {
    return this.form.elements[`sequence-${place}`];
  },

  read(place) {
    const values = new FormData(this.form).getAll(`answer-${place}`);
    const isFlagged = this.form.elements[`flag-${place}`].checked;
    return { values, isFlagged, sequence: Number(this.next(place).value) };
  },

  body(place, { values, isFlagged, sequence }) {
    const body = new FormData();
    values.forEach((value) => body.append(`answer-${place}`, value));
    body.append(`sequence-${place}`, sequence);
    if (isFlagged) body.append(`flag-${place}`, "1");
    return body;
  },

  // A hidden field names the gap whose text is the value after its own.
  fill(place, { values, isFlagged, sequence }) {
    let text = values[0] ?? "";
    for (const field of this.named(`answer-${place}`)) {
      if (field.type === "hidden") {
        const at = values.findIndex((value, index) => !(index % 2) && value === field.value);
        text = at < 0 ? "" : values[at + 1];
      } else if (/radio|checkbox/.test(field.type)) {
        field.checked = values.includes(field.value);
      } else if (field.tagName === "SELECT") {
        const chosen = [...field.options].find((one) => one.value && values.includes(one.value));
        field.value = chosen?.value ?? "";
      } else {
        field.value = text;
      }
    }
    this.form.elements[`flag-${place}`].checked = isFlagged;
    this.next(place).value = sequence + 1;
    this.count(place);
  },

  count(place) {
    const given = this.named(`answer-${place}`).filter((field) => field.type !== "hidden");
    const isChosen = (field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value.trim());
    const number = this.form.querySelector(`.numbers [href="#q${place}"]`);
    number.classList.toggle("is-answered", given.some(isChosen));
    number.classList.toggle("is-flagged", this.form.elements[`flag-${place}`].checked);
  },
};
