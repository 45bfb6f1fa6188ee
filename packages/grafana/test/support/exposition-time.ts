import type { CompressedTime } from './time';

/** Samples of a metric that is a time, in seconds. */
const MOMENT = /^(\w+_timestamp_seconds(?:\{.*\})?) (\S+)$/gm;

/** An exposition of a bot, with its times as they are on the clock of this machine. */
export function toMachineTime(exposition: string, time: CompressedTime): string {
  return exposition.replace(
    MOMENT,
    (_, series: string, seconds: string) =>
      `${series} ${time.toMachine(Number(seconds) * 1000) / 1000}`,
  );
}
