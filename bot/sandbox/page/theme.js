/** Light or dark: as the system says, until the person chooses. */

const KEY = "vanphong-sandbox-theme";

/**
 * Apply the chosen theme and let a button switch it.
 *
 * @param {HTMLButtonElement} button
 */
export function startTheme(button) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const chosen = localStorage.getItem(KEY);
    const dark = chosen ? chosen === "dark" : system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(dark));
  };
  button.addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme === "dark";
    localStorage.setItem(KEY, dark ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}
