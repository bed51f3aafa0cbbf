export function RatingPage(_: { period: string | undefined }) {
  return <p />;
}
