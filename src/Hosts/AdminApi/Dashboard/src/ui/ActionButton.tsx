import type { ComponentChildren } from "preact";
import { useRole, type Role } from "../app/session";

interface ActionButtonProps {
  /** The role that the route needs. */
  readonly needs: Role;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

const ranks: readonly Role[] = ["reader", "writer", "operator"];

/** A button for what a key may lack the role for: it is disabled then, and says why. */
export function ActionButton({ needs, class: look = "button", disabled = false, label, onClick, children }: ActionButtonProps) {
  const role = useRole();
  const lacking = role !== null && ranks.indexOf(role) < ranks.indexOf(needs);
  const reason = `This needs a key with the role ${needs}; yours has the role ${role}.`;
  return (
    <button type="button" class={look} disabled={disabled || lacking} aria-label={label} title={lacking ? reason : undefined} onClick={onClick}>
      {children}{lacking && <span class="visually-hidden"> ({reason})</span>}
    </button>
  );
}
