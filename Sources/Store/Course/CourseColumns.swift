public import Postgres
public import Shop

extension Module.Kind: Bindable, Readable {}
extension CompletionRule.Base: Bindable, Readable {}
extension Funder.Kind: Bindable, Readable {}
extension SessionRow.State: Bindable, Readable {}
extension PresenceStatus: Bindable, Readable {}
extension SignedSheet.Kind: Bindable, Readable {}
extension Helper.Part: Bindable, Readable {}
