// The words can come with the QR code, after the #, which browsers keep to themselves.
const words = decodeURIComponent(location.hash.slice(1)).replaceAll("-", " ");
if (words) document.querySelector("[name=words]").value = words;
history.replaceState(null, "", location.pathname);
