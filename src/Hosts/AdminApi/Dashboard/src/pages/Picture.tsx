import { useState } from "preact/hooks";
import { Link } from "./ItemPage";

/**
 * A picture of this server is shown. One of another host is a link: the dashboard asks no other host, which would learn who looks at
 * what, and the content security policy holds it to that.
 */
export function Picture({ address, title }: { address: string; title: string }) {
  const [broken, setBroken] = useState(false);
  if (!isOwn(address)) return <p class="faint">Picture on another host: <Link address={address} /></p>;
  return broken
    ? <p class="faint">The picture {address} can't be loaded.</p>
    : <img class="picture" src={address} alt={title} loading="lazy" onError={() => setBroken(true)} />;
}

function isOwn(address: string): boolean {
  try {
    return new URL(address, location.href).origin === location.origin;
  } catch {
    return false;
  }
}
