import type { Problem } from "@/lib/problems";
import { Icon } from "./icon";

/** What is wrong and belongs to no single field. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="problems" role="alert">
      <ul>
        {problems.map((problem) => (
          <li key={problem.code + problem.path.join()}>
            <Icon name="warning" />
            <span>{problem.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
