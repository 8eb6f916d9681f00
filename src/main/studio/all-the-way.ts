/** The ladder shows every lane, wherever a shot is to stop for now. */
import type { Shot } from '#shared/shot';

/** The shot up to the pack's last stage. */
export function allTheWay(shot: Shot): Shot {
  const whole = { ...shot };
  Reflect.deleteProperty(whole, 'stopAt');
  return whole;
}
