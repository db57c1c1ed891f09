/** The user API of the sandbox (see ../README.md): what people do in their Telegram app. */

/**
 * @typedef {{persona: string, chat: "private"|"group"}} Address which chat, seen by whom
 */

/** The sandbox refused a request, or could not be reached (status 0). */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status
   * @param {string} message the server's text for developers
   */
  constructor(status, message) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }

  /** @returns {string} what to tell the person */
  get explanation() {
    const known = {
      0: "Không kết nối được máy chủ thử.",
      403: "Việc này không được phép.",
      404: "Không còn thấy tin nhắn, tệp hay cuộc trò chuyện này.",
      409: "Không thể làm việc này lúc này (đã bình chọn, hoặc đã đóng).",
      413: "Tệp quá lớn: tối đa 50 MB, ảnh tối đa 10 MB.",
      415: "Máy chủ không nhận loại tệp này.",
      504: "Bot chưa trả lời.",
    };
    return known[this.status] ?? `Máy chủ từ chối: ${this.message}`;
  }
}

async function request(method, path, body, options = {}) {
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body && !form ? { "Content-Type": "application/json" } : {},
      body: body && !form ? JSON.stringify(body) : body,
      ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, String(error));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer.error ?? response.statusText);
  return answer;
}

function path({ persona, chat }, rest = "") {
  return `/users/${encodeURIComponent(persona)}/chats/${chat}${rest}`;
}

/**
 * Say where a file's bytes are.
 *
 * @param {string} uniqueId its `file_unique_id`
 * @param {boolean} [download] ask for an attachment also where the browser could show it
 * @returns {string}
 */
export function fileUrl(uniqueId, download = false) {
  return `/users/files/${encodeURIComponent(uniqueId)}${download ? "?download=1" : ""}`;
}

/** Everything a person can do. All throw ApiError. */
export const api = {
  people: () => request("GET", "/users"),
  addPerson: (person) => request("POST", "/users", person),
  chat: (address, { before, limit = 50 } = {}) =>
    request("GET", path(address, `?limit=${limit}${before ? `&before=${before}` : ""}`)),
  message: (address, id) => request("GET", path(address, `/messages/${id}`)),
  send: (address, text, { replyTo, anonymous = false } = {}) =>
    request("POST", path(address, "/messages"), { text, anonymous, ...(replyTo ? { reply_to_message_id: replyTo } : {}) }),
  edit: (address, id, text) => request("PATCH", path(address, `/messages/${id}`), { text }),
  remove: (address, id) => request("DELETE", path(address, `/messages/${id}`)),
  upload: (address, { files, kind, caption, replyTo }) => {
    const form = new FormData();
    form.append("kind", kind);
    if (caption) form.append("caption", caption);
    if (replyTo) form.append("reply_to_message_id", String(replyTo));
    for (const file of files) form.append("file", file, file.name || "tep");
    return request("POST", path(address, "/files"), form);
  },
  sticker: (address, emoji) => request("POST", path(address, "/sticker"), { emoji }),
  press: (address, id, row, column) => request("POST", path(address, `/messages/${id}/press`), { row, column }),
  vote: (address, id, options) => request("POST", path(address, `/messages/${id}/vote`), { options }),
  react: (address, id, emoji) => request("POST", path(address, `/messages/${id}/reaction`), { emoji }),
  pin: (address, id, pinned) => request("POST", path(address, `/messages/${id}/pin`), { pinned }),
  inline: (address, query, offset, signal) =>
    request("POST", path(address, "/inline"), { query, ...(offset ? { offset } : {}) }, { signal }),
  choose: (address, queryId, resultId) =>
    request("POST", path(address, `/inline/${encodeURIComponent(queryId)}`), { result_id: resultId }),
  start: (address, parameter) => request("POST", path(address, "/start"), parameter ? { parameter } : {}),
  block: (address, blocked) => request("POST", path(address, "/block"), { blocked }),
  member: (address, status) => request("POST", path(address, "/member"), { status }),
  setBot: (address, status) => request("POST", path(address, "/bot"), { status }),
  openTopic: (address, title) => request("POST", path(address, "/topics"), { title }),
};
