public import Postgres
public import Shop

// How the shop's values go into SQL and come out of it.

extension ID: Bindable, Readable {
    public var bound: Bound { uuid.bound }
    public init?(postgres text: String) { self.init(text) }
}

extension Cents: Bindable, Readable {
    public var bound: Bound { count.bound }
    public init?(postgres text: String) {
        guard let count = Int64(text), count >= 0 else { return nil }
        self.init(unchecked: count)
    }
}

extension Day: Bindable, Readable {
    public var bound: Bound { iso.bound }
    public init?(postgres text: String) { self.init(iso: text) }
}

extension Instant: Bindable, Readable {
    public var bound: Bound { iso.bound }
    /// Sessions run in UTC with ISO dates: `2026-11-22 10:11:12.123456+00`.
    public init?(postgres text: String) {
        guard text.hasSuffix("+00") else { return nil }
        self.init(iso: text.dropLast(3).replacing(" ", with: "T") + "Z")
    }
}

extension Language: Bindable, Readable {}
extension Role: Bindable, Readable {}
extension Category: Bindable, Readable {}
extension Origin: Bindable, Readable {}
extension TicketKind: Bindable, Readable {}
extension Means: Bindable, Readable {}
extension QuotaRule.Holder: Bindable, Readable {}
extension ProductFacts.Kind: Bindable, Readable {}
extension TaxRule.Regime: Bindable, Readable {}
extension EntryKind: Bindable, Readable {}
