import Link from "next/link";

export default function Home() {
  return (
    <main>
      <h1>Tea, 19.50 EUR</h1>
      <Link href="/cart">Cart</Link>
    </main>
  );
}
