/** Polls and quizzes: choices before the vote, bars and right or wrong after it. */

import { el, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { duration } from "./time.js";

/**
 * Render the poll of a message.
 *
 * @param {Object} message
 * @param {number} viewer the user id of the person who looks
 * @param {import("./message.js").MessageActions} actions
 * @returns {HTMLElement}
 */
export function renderPoll(message, viewer, actions) {
  const { poll } = message;
  const quiz = poll.type === "quiz";
  const mine = message.sandbox?.votes?.[viewer] ?? null;
  const chosen = mine?.length ? mine : null;
  const reveal = Boolean(chosen) || poll.is_closed;
  const name = `poll-${message.chat.id}-${message.message_id}`;
  const box = el(
    "div",
    { class: `poll ${reveal ? "answered" : ""}`, role: "group", "aria-labelledby": name },
    el("p", { class: "poll-question", id: name }, renderText(poll.question, poll.question_entities, actions)),
    el("p", { class: "poll-kind" }, kind(poll, quiz), countdown(poll)),
  );
  const right = quiz && reveal ? new Set(message.sandbox?.quiz?.correct_option_ids ?? poll.correct_option_ids ?? []) : null;
  box.append(reveal ? results(poll, chosen ?? [], right, actions) : choices(message, actions));
  if (right) box.append(...verdict(message, chosen, right, actions));
  box.append(footer(message, chosen, quiz, actions));
  return box;
}

function kind(poll, quiz) {
  if (poll.is_closed) return quiz ? "Câu đố đã kết thúc" : "Bình chọn đã kết thúc";
  return `${quiz ? "Câu đố" : "Bình chọn"} ${poll.is_anonymous ? "ẩn danh" : "công khai"}`;
}

function countdown(poll) {
  if (poll.is_closed || !poll.close_date) return null;
  const left = el("span", { class: "poll-timer", role: "timer" });
  const tick = () => {
    const seconds = poll.close_date - Date.now() / 1000;
    left.textContent = ` · còn ${duration(seconds)}`;
    if (seconds > 0 && (left.isConnected || !left.dataset.shown)) setTimeout(tick, 1000);
    left.dataset.shown = "yes";
  };
  tick();
  return left;
}

function choices(message, actions) {
  const { poll } = message;
  const several = poll.allows_multiple_answers;
  const list = el("div", { class: "poll-options" });
  const vote = (options) => {
    list.querySelectorAll("button, input").forEach((control) => (control.disabled = true));
    list.classList.add("busy");
    actions.vote(message, options).catch(() => {
      list.querySelectorAll("button, input").forEach((control) => (control.disabled = false));
      list.classList.remove("busy");
    });
  };
  poll.options.forEach((option, index) => {
    const text = el("span", { class: "option-text" }, renderText(option.text, option.text_entities, actions));
    list.append(
      several
        ? el("label", { class: "poll-choice" }, el("input", { type: "checkbox", value: index }), text)
        : el(
            "button",
            { type: "button", class: "poll-choice", on: { click: () => vote([index]) } },
            el("span", { class: "radio", "aria-hidden": "true" }),
            text,
          ),
    );
  });
  if (several) {
    const ready = () => [...list.querySelectorAll("input:checked")].map((box) => Number(box.value));
    const send = el(
      "button",
      { type: "button", class: "poll-send", disabled: true, on: { click: () => vote(ready()) } },
      "Bình chọn",
    );
    list.addEventListener("change", () => (send.disabled = ready().length === 0));
    list.append(send);
  }
  return list;
}

function results(poll, chosen, right, actions) {
  const total = poll.total_voter_count;
  const percents = shares(poll.options.map((option) => option.voter_count), total);
  const most = Math.max(1, ...poll.options.map((option) => option.voter_count));
  return el(
    "ul",
    { class: "poll-results" },
    poll.options.map((option, index) => {
      const picked = chosen.includes(index);
      const correct = right?.has(index);
      const state = right ? (correct ? "right" : picked ? "wrong" : "") : picked ? "picked" : "";
      const spoken = [picked && "anh/chị đã chọn", correct && "đáp án đúng", state === "wrong" && "sai"];
      return el(
        "li",
        { class: `poll-result ${state}` },
        el("span", { class: "percent" }, `${percents[index]}%`),
        el("span", { class: "option-text" }, renderText(option.text, option.text_entities, actions)),
        el("span", { class: "hidden-text" }, `, ${option.voter_count} phiếu`, spoken.filter(Boolean).map((part) => `, ${part}`)),
        el("span", { class: "mark", "aria-hidden": "true" }, state ? icon(state === "wrong" ? "cross" : "check") : null),
        el("span", { class: "bar", "aria-hidden": "true", style: { "--share": option.voter_count / most } }),
      );
    }),
  );
}

/** Whole percents that add up to 100 where every voter chose once. */
function shares(counts, total) {
  if (!total) return counts.map(() => 0);
  const exact = counts.map((count) => (count * 100) / total);
  const whole = exact.map(Math.floor);
  if (counts.reduce((sum, count) => sum + count, 0) !== total) return exact.map(Math.round);
  const order = exact.map((value, index) => [value - whole[index], index]).sort((a, b) => b[0] - a[0]);
  let missing = 100 - whole.reduce((sum, value) => sum + value, 0);
  for (const [, index] of order) {
    if (missing <= 0) break;
    whole[index] += 1;
    missing -= 1;
  }
  return whole;
}

function verdict(message, chosen, right, actions) {
  const parts = [];
  if (chosen) {
    const correct = chosen.length === right.size && chosen.every((option) => right.has(option));
    parts.push(el("p", { class: `poll-verdict ${correct ? "right" : "wrong"}` }, correct ? "Đúng rồi!" : "Chưa đúng"));
  }
  const quiz = message.sandbox?.quiz;
  const explanation = quiz?.explanation ?? message.poll.explanation;
  if (explanation) {
    const entities = quiz?.explanation_entities ?? message.poll.explanation_entities;
    parts.push(
      el(
        "div",
        { class: "poll-explanation", role: "note", "aria-label": "Giải thích" },
        icon("bulb"),
        el("div", {}, renderText(explanation, entities, actions)),
      ),
    );
  }
  return parts;
}

function footer(message, chosen, quiz, actions) {
  const { poll } = message;
  const count = poll.total_voter_count;
  const noun = quiz ? "người trả lời" : "phiếu";
  const foot = el("p", { class: "poll-footer" }, count ? `${count} ${noun}` : quiz ? "Chưa ai trả lời" : "Chưa có phiếu");
  if (chosen && !poll.is_closed && (poll.allows_revoting ?? !quiz)) {
    foot.append(
      el(
        "button",
        { type: "button", class: "text-button", on: { click: () => actions.vote(message, []).catch(() => {}) } },
        "Rút phiếu",
      ),
    );
  }
  return foot;
}
