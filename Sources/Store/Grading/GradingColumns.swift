public import Postgres
public import Shop

extension Verdict: Bindable, Readable {}
extension GradingRules.Part: Bindable, Readable {}
extension GradingRules.Storage: Bindable, Readable {}
extension PriceChannel: Bindable, Readable {}

extension GradingRules.Cap {
    /// From `cap_below`, `cap_storage` and `cap_best`; nil where no cap lowered the grade.
    init?(_ row: Row) throws {
        guard let below: Int = try row["cap_below"] else { return nil }
        self.init(processorBelow: below, storage: try row["cap_storage"], best: try row["cap_best"])
    }
}
