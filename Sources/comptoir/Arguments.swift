public import ArgumentParser
public import Shop
public import Store

// How the shop's values are read from the command line.

extension ID: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Role: ExpressibleByArgument {}
extension Removal.Kind: ExpressibleByArgument {}
extension DonorKind: ExpressibleByArgument {}
extension Acquisition: ExpressibleByArgument {}
extension AcquisitionPayment: ExpressibleByArgument {}
extension BatchStage: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
extension StructureKey.End: ExpressibleByArgument {}
extension CompletionRule.Base: ExpressibleByArgument {}
extension Helper.Part: ExpressibleByArgument {}
extension TaxRule.Regime: ExpressibleByArgument {}
