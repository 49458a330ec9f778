// The slow part, away from the page: a phrase becomes what is shown at the door and what opens the key.
import { derived } from "./derive.js";

onmessage = ({ data: { typed, salt } }) => postMessage(derived(typed, salt));
