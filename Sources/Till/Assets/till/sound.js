// Short tones beside each message, for eyes that are on the person. They can be turned off.

let context = null;

export const sounds = {
  get on() {
    return localStorage.getItem("comptoir.sounds") !== "off";
  },
  set on(value) {
    localStorage.setItem("comptoir.sounds", value ? "on" : "off");
  },
};

function tone(hertz, start, seconds) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0.08, context.currentTime + start);
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + start + seconds);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(context.currentTime + start);
  oscillator.stop(context.currentTime + start + seconds);
}

function play(...tones) {
  // A browser lets a page sound only once somebody touched it.
  if (!sounds.on || !navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  for (const each of tones) tone(...each);
}

export const yes = () => play([880, 0, 0.09]);
export const no = () => play([220, 0, 0.16], [196, 0.2, 0.22]);
export const sold = () => play([660, 0, 0.09], [880, 0.1, 0.14]);
