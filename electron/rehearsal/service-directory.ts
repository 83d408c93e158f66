const signature75 = [
  '7.5.6',
  'http://ws.gematik.de/conn/SignatureService/WSDL/v7.5',
  '/signatureservice/v7.5',
] as const;

/**
 * Answers `GET /connector.sds`: which services the connector has, where, and in which versions (ServiceDirectory.xsd). `isOld`: without
 * SignatureService 7.5.
 */
export function serviceDirectory(base: string, at: Date, isOld: boolean): string {
  const services = [
    service('EventService', 'Ereignisdienst', [
      ['7.2.0', 'http://ws.gematik.de/conn/EventService/WSDL/v7.2', '/eventservice'],
    ]),
    service('CardService', 'Kartendienst', [
      ['8.1.2', 'http://ws.gematik.de/conn/CardService/WSDL/v8.1', '/cardservice'],
    ]),
    service('CertificateService', 'Zertifikatsdienst', [
      ['6.0.1', 'http://ws.gematik.de/conn/CertificateService/WSDL/v6.0', '/certificateservice'],
    ]),
    service('SignatureService', 'Signaturdienst', [
      ['7.4.2', 'http://ws.gematik.de/conn/SignatureService/WSDL/v7.4', '/signatureservice/v7.4'],
      ...(isOld ? [] : ([signature75] as const)),
    ]),
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<CONN:ConnectorServices xmlns:CONN="http://ws.gematik.de/conn/ServiceDirectory/v3.1" ' +
    'xmlns:SI="http://ws.gematik.de/conn/ServiceInformation/v2.0" ' +
    'xmlns:PI="http://ws.gematik.de/int/version/ProductInformation/v1.1">' +
    `<PI:ProductInformation><PI:InformationDate>${at.toISOString()}</PI:InformationDate>` +
    '<PI:ProductTypeInformation><PI:ProductType>Konnektor</PI:ProductType>' +
    '<PI:ProductTypeVersion>5.0.0</PI:ProductTypeVersion></PI:ProductTypeInformation>' +
    '<PI:ProductIdentification><PI:ProductVendorID>UEBEN</PI:ProductVendorID><PI:ProductCode>UEBUNG</PI:ProductCode>' +
    '<PI:ProductVersion><PI:Local><PI:HWVersion>1.0.0</PI:HWVersion><PI:FWVersion>1.0.0</PI:FWVersion></PI:Local>' +
    '</PI:ProductVersion></PI:ProductIdentification>' +
    '<PI:ProductMiscellaneous><PI:ProductVendorName>Übungswelt</PI:ProductVendorName>' +
    '<PI:ProductName>Konnektor der Übungswelt</PI:ProductName></PI:ProductMiscellaneous></PI:ProductInformation>' +
    '<CONN:TLSMandatory>true</CONN:TLSMandatory><CONN:ClientAutMandatory>false</CONN:ClientAutMandatory>' +
    `<SI:ServiceInformation>${services.join('')}</SI:ServiceInformation></CONN:ConnectorServices>`
  );

  function service(name: string, abstract: string, versions: readonly (readonly [string, string, string])[]): string {
    const list = versions.map(
      ([version, targetNamespace, path]) =>
        `<SI:Version TargetNamespace="${targetNamespace}" Version="${version}"><SI:Abstract>${abstract}</SI:Abstract>` +
        `<SI:EndpointTLS Location="${base}${path}"/></SI:Version>`,
    );
    return (
      `<SI:Service Name="${name}"><SI:Abstract>${abstract}</SI:Abstract>` +
      `<SI:Versions>${list.join('')}</SI:Versions></SI:Service>`
    );
  }
}
