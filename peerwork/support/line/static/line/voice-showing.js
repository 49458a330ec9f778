// The piece of a page for talking aloud (line/voice.html): what it says, and which buttons there are.
export const shownIn = (mount) => {
  const [begin, mute, end, says] = ["begin", "mute", "end", "says"].map((name) => mount.querySelector(`[data-${name}]`));
  let state = "";

  const isMuted = () => mute.getAttribute("aria-pressed") === "true";
  const tell = (now) => {
    state = now;
    says.textContent = says.dataset[now === "on" && isMuted() ? "muted" : now] ?? "";
  };
  const setMuted = (now) => {
    mute.setAttribute("aria-pressed", String(now));
    tell(state);
  };
  const show = (on) => {
    const focused = mount.contains(document.activeElement);
    [begin.hidden, mute.hidden, end.hidden] = [on, !on, !on];
    if (focused) (on ? mute : begin).focus();
  };
  return { begin, mute, end, isMuted, setMuted, show, tell, state: () => state };
};
