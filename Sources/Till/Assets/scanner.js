// The scanner's sheet: says of each scan whether it came right, and how slowly it came.

import { repair } from "./till/scanner.js";

const answer = document.getElementById("answer");
const words = JSON.parse(answer.dataset.words);
const { expected } = answer.dataset;
const [gap, most] = [Number(answer.dataset.gap), Number(answer.dataset.most)];

// A scan is over when nothing has come for so long, in milliseconds.
const over = 1500;
// What a scanner needs above the longest pause that was seen, and the step to which it is rounded.
const [margin, step] = [1.25, 10];

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);

function show(kind, icon, what, more) {
  const strong = document.createElement("strong");
  strong.textContent = what;
  const text = document.createElement("span");
  text.append(strong, more);
  const sign = document.createElement("span");
  sign.className = `icon icon-${icon}`;
  const notice = document.createElement("p");
  notice.className = `notice ${kind}`;
  notice.append(sign, text);
  answer.replaceChildren(notice);
}

/** What a scan of the test code tells of the scanner. */
function judge(read, longest, ended) {
  const shown = say("scanner_read", { text: read });
  const wrong = (fault) => show("warning", "warning", say(`scanner_${fault}_cause`), `${shown} ${say(`scanner_${fault}_now`)}`);
  if (read !== expected && repair(read).code === expected) return wrong("keyboard");
  if (read !== expected && read.toUpperCase() === expected) return wrong("capitals");
  if (read !== expected) return show("warning", "warning", say("scanner_misread"), shown);
  if (!ended) return wrong("end");
  if (longest >= gap) {
    if (longest >= most) return show("warning", "warning", say("scanner_slow_cause"), say("scanner_slow_beyond", { longest, most }));
    const needed = Math.min(most, Math.ceil((longest * margin) / step) * step);
    return show("warning", "warning", say("scanner_slow_cause"), say("scanner_slow_measured", { longest, gap, needed }));
  }
  return show("done", "done", say("scanner_right"), say("scanner_right_measured", { longest, gap }));
}

let read = "";
let longest = 0;
let last = 0;
let timer = null;

function finish(ended) {
  clearTimeout(timer);
  const [text, pause] = [read, Math.round(longest)];
  read = "";
  longest = 0;
  // A key or two is somebody at the keyboard.
  if (text.length >= 6) judge(text, pause, ended);
}

window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const ends = event.key === "Enter" || event.key === "Tab";
  if (!ends && event.key.length !== 1) return;
  if (read) longest = Math.max(longest, event.timeStamp - last);
  last = event.timeStamp;
  if (ends) {
    // The end of a scan presses no button and leaves the focus where it is.
    if (read.length >= 6) event.preventDefault();
    finish(true);
    return;
  }
  if (read && event.key === " ") event.preventDefault();
  read += event.key;
  clearTimeout(timer);
  timer = setTimeout(finish, over, false);
}, true);
