"""Ways a page could let something slip to its own server, as JavaScript. `secret` is what slips."""

BEFORE = """
    const bytes = new TextEncoder().encode(secret);
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const base64 = (more) => btoa(String.fromCharCode(...new TextEncoder().encode(more), ...bytes));
    const wide = new Uint8Array(Uint16Array.from(secret, (letter) => letter.charCodeAt(0)).buffer);
    const packed = () => new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
    const escaped = (letter) => "\\\\u00" + letter.charCodeAt(0).toString(16);
    const parts = () => { const form = new FormData(); form.set("a", secret); return form; };
    const post = (body, more) => fetch("/nothing/", { method: "POST", body, ...more });
"""
WAYS = {
    "plain": "post(secret)",
    "base64": "post(base64(''))",
    "base64 by one": "post(base64('x'))",
    "base64 by two": "post(base64('xy'))",
    "hex": "post(hex)",
    "percent": "fetch('/nothing/?' + encodeURIComponent(secret))",
    "form": "post(new URLSearchParams({ secret }))",
    "parts": "post(parts())",
    "wide": "post(wide)",
    "gzip": "packed().then(post)",
    "json": "post(JSON.stringify({ secret }).replace(/[^\\0-\\x7f]/g, escaped))",
    "header": "fetch('/nothing/', { headers: { 'X-Seen': hex } })",
    "beacon": "navigator.sendBeacon('/nothing/', secret)",
    "cookie": "(document.cookie = `a=${hex}; path=/`, fetch('/nothing/'))",
}


def let_slip(page, way, secret):
    page.evaluate(f"async (secret) => {{ {BEFORE} await ({WAYS[way]}); }}", secret)
