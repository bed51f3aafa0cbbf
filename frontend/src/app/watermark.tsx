import { now, useTick } from "@/lib/clock";
import { minute } from "@/lib/format";
import { useRevealed } from "@/lib/revealed";
import { useMe } from "@/lib/session/me";

/** Who looked, and when, across any page that shows a revealed value; on paper, too. */
export function Watermark() {
  const { staff } = useMe();
  const shown = useRevealed();
  useTick();
  if (shown === 0) return null;
  const mark = `${staff.staffNo} ${staff.name} ${minute(now().toISOString())}`;
  return (
    <svg className="watermark" aria-hidden="true">
      <pattern id="watermark" width="320" height="180" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
        <text x="0" y="90">
          {mark}
        </text>
      </pattern>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
