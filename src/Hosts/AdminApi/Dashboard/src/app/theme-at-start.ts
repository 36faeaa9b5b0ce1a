// Runs before the first paint, so that a chosen theme does not flash. A file of its own: the policy forbids inline scripts.
import { applyTheme, chosenTheme } from "./theme";

applyTheme(chosenTheme());
