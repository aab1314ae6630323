public import Postgres
public import Shop

// What was parsed at the edge goes into SQL as the text that is kept.

extension Bindable where Self: KeptText {
    public var bound: Bound { text.bound }
}

extension PersonName: Bindable {}
extension ShortText: Bindable {}
extension LongText: Bindable {}
extension Phone: Bindable {}
extension EmailAddress: Bindable {}
extension Siret: Bindable {}
extension PostalCode: Bindable {}
extension SpokenLanguage: Bindable {}

extension BirthYear: Bindable {
    public var bound: Bound { year.bound }
}

extension StructureKind: Bindable, Readable {}
extension NoticeTold: Bindable, Readable {}
extension ShortCode: Bindable {}
