// In the head of sensitive pages, before anything is painted: their words stand in the page itself.
import { stayAway } from "./left.js";

stayAway();
